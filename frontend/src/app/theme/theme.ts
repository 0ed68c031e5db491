import { createTheme, type CSSVariablesResolver } from '@mantine/core';
import { colourTokens, dark, ink, lake, shadowTokens } from './tokens';

const fontFamily = '"Inter Variable", ui-sans-serif, system-ui, "Segoe UI", Roboto, sans-serif';

export const theme = createTheme({
  primaryColor: 'lake',
  primaryShade: { light: 6, dark: 5 },
  colors: { ink, lake, dark, gray: ink },
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSmoothing: true,
  fontFamily,
  headings: { fontFamily },
  radius: { xs: '4px', sm: '8px', md: '10px', lg: '14px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  components: {
    // By name only: importing the parts here would bring all of them into the first script.
    Button: { defaultProps: { size: 'sm' } },
    Input: { defaultProps: { size: 'md' } },
    Menu: { defaultProps: { radius: 'md', offset: 8, transitionProps: { duration: 120 } } },
  },
});

const tokens = { ...colourTokens, ...shadowTokens };

function scheme(index: 0 | 1): Record<string, string> {
  return Object.fromEntries(Object.entries(tokens).map(([name, values]) => [`--sc-${name}`, values[index]]));
}

/** Mantine's own names point at ours, so that its components and our styles can never disagree. */
const mantineNames = {
  '--mantine-color-body': 'var(--sc-bg)',
  '--mantine-color-text': 'var(--sc-text)',
  '--mantine-color-dimmed': 'var(--sc-text-2)',
  '--mantine-color-placeholder': 'var(--sc-text-3)',
  '--mantine-color-error': 'var(--sc-deny-text)',
  '--mantine-color-default': 'var(--sc-surface)',
  '--mantine-color-default-hover': 'var(--sc-hover)',
  '--mantine-color-default-color': 'var(--sc-text)',
  '--mantine-color-default-border': 'var(--sc-line-strong)',
  '--mantine-primary-color-filled': 'var(--sc-act)',
  '--mantine-primary-color-filled-hover': 'var(--sc-act-hover)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...scheme(0), ...mantineNames },
  dark: { ...scheme(1), ...mantineNames },
});
