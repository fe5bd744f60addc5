/** Notes a mistake of an item of one file. */
export type Say = (item: string, reason: string) => void;

/** Says which of some ids stand more than once. */
export function sayTwice(say: Say, ids: readonly string[]): void {
  ids.forEach((id, index) => {
    if (ids.indexOf(id) !== index) say(id, 'this id stands twice');
  });
}

/** Whether a condition holds for everyone. */
export function takesAll(condition: unknown): boolean {
  return (condition as { op?: unknown } | null)?.op === 'true';
}
