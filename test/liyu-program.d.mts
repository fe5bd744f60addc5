/**
 * The arguments by which node runs `liyu`: from its source, or what the runner made of it for all its
 * processes (LIYU_PROGRAM).
 */
export const LIYU: string[];
