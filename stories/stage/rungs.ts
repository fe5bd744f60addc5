import type { Assessment } from '@liyu/model';
import ladder from '../../packages/policy/data/tier-ladder.json' with { type: 'json' };
import { anAssessment } from '../../packages/widgets/src/fixtures/records.testing.js';

// The thirteen rungs of the bank's own ladder, the lowest first.
const RUNGS = [...ladder.rungs].sort((a, b) => a.rank - b.rank);
/** Classes whose rung no month can take away. */
const WITHOUT_END = ['NEW', 'ORDINARY'];

/** An assessment on each rung of the ladder. */
export const ON_EACH_RUNG: readonly Assessment[] = RUNGS.map((rung) =>
  anAssessment({
    id: `C1:${rung.code}`,
    class: rung.class,
    level: rung.level,
    rung: rung.code,
    label: rung.label,
    qualified: rung.code,
    top: rung === RUNGS.at(-1),
    ...(WITHOUT_END.includes(rung.class) && { validTo: null }),
  }),
);

/** The assessment on one of them. */
export function onRung(code: string): Assessment {
  const found = ON_EACH_RUNG.find(({ rung }) => rung === code);
  if (found === undefined) throw new Error(`the ladder has no rung ${code}`);
  return found;
}
