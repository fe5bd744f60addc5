import { parseArgs } from 'node:util';
import { UsageError } from './command.js';

interface Option {
  type: 'string' | 'boolean';
  default?: string | boolean;
}

type Values<Options extends Record<string, Option>> = {
  [Name in keyof Options]:
    | (Options[Name]['type'] extends 'string' ? string : boolean)
    | (Options[Name] extends { default: string | boolean } ? never : undefined);
};

/** The options of a command, which takes no other arguments. Throws a UsageError. */
export function parseOptions<const Options extends Record<string, Option>>(
  args: string[],
  options: Options,
): Values<Options> {
  try {
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
    return values as unknown as Values<Options>;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
