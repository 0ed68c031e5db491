/** The club's colours by meaning: [light, dark]. Components use the names; no other file holds a colour. */
export const colourTokens = {
  bg: ['#F7F7F4', '#0C0F13'],
  surface: ['#FFFFFF', '#14181E'],
  raised: ['#FFFFFF', '#1B2027'],
  sunken: ['#EFEFEB', '#0F1318'],
  fill: ['#EFEFEB', '#20262E'],
  hover: ['#F2F2EE', '#1A1F26'],
  line: ['#E3E3DE', '#252B34'],
  'line-strong': ['#CFD0CB', '#343C47'],
  'control-line': ['#8A9095', '#66707C'],
  text: ['#13171E', '#EEF0F2'],
  'text-2': ['#4B525B', '#B4BBC4'],
  'text-3': ['#666C73', '#8E97A2'],
  act: ['#2138CF', '#4A5FEE'],
  'act-hover': ['#1A2DAB', '#3F53DD'],
  'on-act': ['#FFFFFF', '#FFFFFF'],
  'act-text': ['#2138CF', '#9DADFF'],
  'act-tint': ['#EDF0FF', '#1A2145'],
  focus: ['#4A5FEE', '#8D9FFF'],
  grant: ['#0B7A4A', '#14804F'],
  'on-grant': ['#FFFFFF', '#FFFFFF'],
  'grant-text': ['#0A6B42', '#5CD39C'],
  'grant-tint': ['#E5F3EB', '#10261C'],
  'grant-line': ['#B3DCC6', '#1F5039'],
  deny: ['#C4212B', '#CF2F37'],
  'on-deny': ['#FFFFFF', '#FFFFFF'],
  'deny-text': ['#AF1A24', '#FF938E'],
  'deny-tint': ['#FDEDEB', '#301619'],
  'deny-line': ['#F2C1BE', '#652A2E'],
  warn: ['#F2B01E', '#F2B01E'],
  'on-warn': ['#2E1E00', '#2E1E00'],
  'warn-text': ['#855000', '#F4C458'],
  'warn-tint': ['#FFF4DA', '#2A2110'],
  'warn-line': ['#EFD290', '#5A471B'],
  'data-now': ['#2138CF', '#8D9FFF'],
  'data-usual': ['#868C90', '#69727D'],
  'data-band': ['#E9E9E4', '#1E242C'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

/** In the dark a lighter surface and a hairline do what a shadow does in the light. */
export const shadowTokens = {
  'shadow-card': ['0 1px 2px rgba(19, 23, 30, 0.04)', 'none'],
  'shadow-popover': ['0 8px 24px -6px rgba(19, 23, 30, 0.1)', '0 10px 28px rgba(0, 0, 0, 0.4)'],
  'shadow-dialog': ['0 24px 64px -12px rgba(19, 23, 30, 0.22)', '0 28px 72px rgba(0, 0, 0, 0.6)'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

export const ink = [
  '#F7F7F4', '#EFEFEB', '#E3E3DE', '#CFD0CB', '#A9ADAD', '#7F858A', '#5C636B', '#414851', '#282E37', '#13171E',
] as const;

export const lake = [
  '#EDF0FF', '#DAE0FF', '#B5C1FF', '#8D9FFF', '#6B80FA', '#4A5FEE', '#2138CF', '#1A2DAB', '#152587', '#101B63',
] as const;

export const dark = [
  '#EEF0F2', '#D3D8DE', '#B4BBC4', '#8E97A2', '#343C47', '#20262E', '#14181E', '#0C0F13', '#090B0E', '#06080A',
] as const;
