import { describe, expect, it } from 'vitest';
import en from './en.json';
import fr from './fr.json';
import memberEn from './member-en.json';
import memberFr from './member-fr.json';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flatten(value, `${path}${key}.`),
  );
}

const french = [...flatten(fr), ...flatten(memberFr, 'member.')];
const english = [...flatten(en), ...flatten(memberEn, 'member.')];
const placeholders = (text: string) => [...text.matchAll(/{{[^}]+}}/g)].map(([found]) => found).sort();

// What follows a placeholder counts too: "{{count}} $" needs the no-break space as much as "5 $".
const plainSpaceFaults: [string, RegExp][] = [
  ['U+00A0 before a colon or a closing guillemet', /(^|[^\u00A0])[:»](?!\/\/)/],
  ['U+00A0 after an opening guillemet', /«(?!\u00A0)/],
  ['U+202F before ; ! ?', /(^|[^\u202F])[;!?]/],
  ['U+00A0 before a sign or unit', /[\d}] (?:[$€%]|FC|h|min|s|ms|km|kg)(?![\p{L}])/u],
  ['U+202F between thousands', /\d \d{3}/],
  ['the apostrophe ’', /'/],
  ['the ellipsis …', /\.\.\./],
];

const withoutPlaceholders = (text: string) => text.replaceAll(/{{[^}]+}}/g, '}');

describe('translations', () => {
  it('have the same keys in both languages', () => {
    expect(english.map(([key]) => key).sort()).toEqual(french.map(([key]) => key).sort());
  });

  it('take the same values in both languages', () => {
    const theirs = new Map(english);
    const different = french.filter(
      ([key, text]) => placeholders(text).join() !== placeholders(theirs.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  it('say something everywhere, without spaces at the ends', () => {
    expect([...french, ...english].filter(([, text]) => text === '' || text !== text.trim())).toEqual([]);
  });

  it.each(plainSpaceFaults)('use %s in French', (_, fault) => {
    expect(french.filter(([, text]) => fault.test(withoutPlaceholders(text)))).toEqual([]);
  });

  it('use no French spacing in English', () => {
    expect(english.filter(([, text]) => /[\u00A0\u202F«»]|\s[:;!?]|'|\.\.\./.test(text))).toEqual([]);
  });

  it.each([
    'Réessayez ?',
    'Réessayez\u00A0!',
    'Code: 12',
    'Code : 12',
    '« oui »',
    '45 $',
    '{{count}} min',
    "l'heure",
    '12 000 pas',
  ])('would catch the fault in %s', (text) => {
    expect(plainSpaceFaults.some(([, fault]) => fault.test(withoutPlaceholders(text)))).toBe(true);
  });
});
