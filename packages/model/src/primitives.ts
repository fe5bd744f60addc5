import * as z from 'zod/mini';

/** Longest identifier that a primary key or an index holds. */
export const ID_LENGTH = 96;

export const id = z.string().check(z.minLength(1), z.maxLength(ID_LENGTH));
export const code = z.string().check(z.maxLength(40));
export const text = (max: number) => z.string().check(z.maxLength(max));
/** Calendar date, ISO 8601, in Asia/Shanghai. */
export const date = z.iso.date();
/** Moment in UTC, ISO 8601 with milliseconds. */
export const instant = z.iso.datetime().check(z.maxLength(32));
export const count = z.int().check(z.minimum(0));
/** A text in every language of the kit. */
export const localized = z.record(z.enum(['zh-CN', 'en']), text(600));
