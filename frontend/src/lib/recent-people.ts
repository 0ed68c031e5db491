/** Whom this page has just dealt with. Kept in memory only: names do not belong into a browser's storage. */
export interface RecentPerson {
  id: string;
  displayName: string;
  code: string;
  photoUrl: string | null;
}

const keptPeople = 6;
let people: readonly RecentPerson[] = [];

export function rememberPerson({ id, displayName, code, photoUrl }: RecentPerson): void {
  people = [{ id, displayName, code, photoUrl }, ...people.filter((each) => each.id !== id)].slice(0, keptPeople);
}

export function recentPeople(): readonly RecentPerson[] {
  return people;
}

export function forgetPeople(): void {
  people = [];
}
