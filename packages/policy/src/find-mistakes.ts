import type { PolicyFiles } from './files.js';
import { checkBenefits } from './mistakes/benefits.js';
import { checkGrades } from './mistakes/grades.js';
import { checkLadder } from './mistakes/ladder.js';
import { checkMetricsFile } from './mistakes/metrics.js';
import { checkScorecard } from './mistakes/scorecard.js';
import { checkService } from './mistakes/service.js';
import { vocabularyOf } from './mistakes/vocabulary.js';

/**
 * Mistakes of sense in files whose form is right, as far as they show without grading: names that
 * nothing defines or that aren't known yet, ids that stand twice, bins with gaps and overlaps or against
 * the declared way, maxima that don't add up, missing labels. One line each: file, item and reason.
 * What takes compiled rules to see is in packages/engine (check-policy.ts).
 */
export function findMistakes(files: PolicyFiles): string[] {
  const mistakes: string[] = [];
  const sayOf = (file: keyof PolicyFiles) => (item: string, reason: string) => {
    mistakes.push(`${file}.json: ${item}: ${reason}`);
  };
  const names = vocabularyOf(files);
  checkMetricsFile(files, sayOf('metrics'));
  checkScorecard(files, names, sayOf('scorecard'));
  checkLadder(files, names, sayOf('tier-ladder'));
  checkBenefits(files, names, sayOf('benefits'));
  checkGrades(files, names, sayOf);
  checkService(files, sayOf);
  return mistakes;
}
