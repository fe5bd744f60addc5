import { createHash } from 'node:crypto';
import type { Assessment } from '@liyu/model';
import { canonicalJson } from '@liyu/policy/node';
import type { UnsealedAssessment } from './assessment-of.js';

/**
 * Seals an assessment into the chain of a customer: the digest of its inputs and the hash of the one before,
 * null for the first. The digest covers what the record shows and nothing else: with the AML counts in it,
 * who knows the other inputs could guess them.
 */
export function seal(assessment: UnsealedAssessment, before: Assessment | null): Assessment {
  return {
    ...assessment,
    inputDigest: digestOf(assessment.inputs),
    previousHash: before === null ? null : hashOf(before),
  };
}

/** SHA-256, hexadecimal, of a record without `rev`, which counts writes and says nothing. */
export function hashOf(assessment: Assessment): string {
  const { rev: _rev, ...rest } = assessment;
  return digestOf(rest);
}

/** SHA-256, hexadecimal, over the canonical JSON (RFC 8785) of a value. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
