import { expect, it } from 'vitest';
import { initialsOf } from './initials';

it.each([
  ['Ruth Lukusa Ndaya', 'RL'],
  ['Marie-Thérèse Ngalula Kapinga-Mutombo', 'MN'],
  ['Dieudonné wa Mbuyamba', 'DM'],
  ['Élise Bosenga', 'ÉB'],
  ['aline', 'A'],
  ['', ''],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
