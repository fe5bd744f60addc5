import {
  ARCHIVE_REJECTS,
  CARE_EVENT_REJECTS,
  CASE_REJECTS,
  CUSTOMER_REJECTS,
  OFFER_REJECTS,
  REDEMPTION_REASONS,
  REDEMPTION_REJECTS,
} from '@liyu/model';
import { isUnavailable } from '../db/database.js';

/** Stands for whatever isn't on a list, so that no value from outside makes a series of its own. */
export const OTHER = 'other';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']);

const SURVEY_REJECTS = [
  ...['not_invited', 'already_submitted', 'already_declined', 'expired', 'not_answered'],
  ...['template_unknown', 'answer_missing', 'answer_invalid', 'answer_too_long', 'answer_unknown'],
];
const REJECTS = new Set<string>([
  ...['invalid', 'forbidden', 'gone', 'failed'],
  ...SURVEY_REJECTS,
  ...ARCHIVE_REJECTS,
  ...CARE_EVENT_REJECTS,
  ...CASE_REJECTS,
  ...CUSTOMER_REJECTS,
  ...OFFER_REJECTS,
  ...REDEMPTION_REASONS,
  ...REDEMPTION_REJECTS,
]);

export function methodLabel(method: string): string {
  return METHODS.has(method) ? method : OTHER;
}

/** The code of a reject; one that Liyu's own rules don't give is `other`. */
export function rejectLabel(code: string): string {
  return REJECTS.has(code) ? code : OTHER;
}

export const DATABASE_ERRORS = ['unavailable', 'timeout', 'lost', 'constraint', OTHER] as const;
export type DatabaseErrorKind = (typeof DATABASE_ERRORS)[number];

/** Kind of an error that the database or the way to it gave; null of an error of another origin. */
export function databaseErrorKind(error: unknown): DatabaseErrorKind | null {
  if (isUnavailable(error)) return 'unavailable';
  const { code } = (error ?? {}) as { code?: unknown };
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return null;
  if (code === '57014' || code === '25P03' || code === '55P03') return 'timeout';
  if (code === '40001' || code === '40P01') return 'lost';
  return code.startsWith('23') ? 'constraint' : OTHER;
}

export const COPY_TARGETS = ['manager', 'branch', 'export'] as const;

/** What kind of scope the feed copies to; never whose. */
export function copyTarget(scope: string): (typeof COPY_TARGETS)[number] {
  if (scope.startsWith('m:')) return 'manager';
  return scope.startsWith('b:') ? 'branch' : 'export';
}
