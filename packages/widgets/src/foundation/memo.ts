import { guard } from 'lit/directives/guard.js';

/**
 * What `make` makes of the inputs: anew only where one of them is another, since most updates of a widget change a
 * line or two. `make` reads nothing else, and the inputs are texts, numbers and what never changes.
 */
export function memo<Inputs extends unknown[]>(
  make: (...inputs: Inputs) => unknown,
  ...inputs: Inputs
): unknown {
  return guard(inputs, () => make(...inputs));
}
