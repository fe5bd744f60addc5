/**
 * Shows `names` as custom states, for `:state()`. Chrome 90 to 124 takes only names that begin with
 * two dashes, for `:--ready`; a browser without custom states has `data-state` on the inner root.
 */
export function showStates(internals: ElementInternals | null, names: readonly string[]): void {
  const states: CustomStateSet | undefined = internals?.states;
  if (states === undefined) return;
  states.clear();
  for (const name of names) {
    try {
      states.add(name);
    } catch {
      states.add(`--${name}`);
    }
  }
}
