import type { PolicyFiles } from '@liyu/policy';

/** A rule of the care playbook. Throws a RangeError when there is none of that id. */
export function ruleOf(file: PolicyFiles['care-playbook'], id: string) {
  const rule = file.rules.find((item) => item.id === id);
  if (rule === undefined) throw new RangeError(`${id} is no rule of the care playbook`);
  return rule;
}
