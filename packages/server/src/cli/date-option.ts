import * as z from 'zod';
import { UsageError } from './command.js';

/** The day that `--date` names, ISO 8601. Throws a UsageError. */
export function dateOption(value: string | undefined): string {
  if (value === undefined) throw new UsageError('--date: which day? such as 2026-12-01');
  const parsed = z.iso.date().safeParse(value);
  if (!parsed.success) throw new UsageError(`--date: ${value} is no day such as 2026-12-01`);
  return parsed.data;
}
