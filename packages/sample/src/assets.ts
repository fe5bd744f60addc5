import type { Random } from './random.js';

/** 10,000 yuan in fen. */
export const wan = (amount: number): number => Math.round(amount * 1_000_000);

/** Of what a customer on a rung has; amounts in 10,000 yuan from and to, `power` of Random.skewed. */
interface Profile {
  age: readonly [from: number, to: number];
  /** Percent that a factor which money does not buy is at its best. */
  solidity: number;
  deposit: readonly [from: number, to: number, power: number];
  invest: readonly [from: number, to: number, power: number];
  spend: readonly [from: number, to: number, power: number];
  /** After-tax monthly income. */
  income: readonly [from: number, to: number, power: number];
}

export const PROFILES: Readonly<Record<string, Profile>> = {
  NEW: {
    age: [18, 62],
    solidity: 35,
    deposit: [0.1, 9, 2],
    invest: [0, 3, 2],
    spend: [0, 2.5, 2],
    income: [0.35, 1.6, 1],
  },
  ORDINARY: {
    age: [18, 86],
    solidity: 40,
    deposit: [0.05, 26, 3],
    invest: [0, 12, 3],
    spend: [0, 3.9, 2],
    income: [0.3, 1.8, 1],
  },
  'QUALITY-1': {
    age: [24, 68],
    solidity: 60,
    deposit: [6, 43, 1],
    invest: [0, 5, 1],
    spend: [2, 8, 1],
    income: [0.6, 2.4, 1],
  },
  'QUALITY-2': {
    age: [26, 66],
    solidity: 78,
    deposit: [16, 41, 1],
    invest: [1, 7, 1],
    spend: [3.5, 12, 1],
    income: [0.8, 3, 1],
  },
  'QUALITY-3': {
    age: [30, 62],
    solidity: 96,
    deposit: [30.2, 39, 1],
    invest: [5.1, 10, 1],
    spend: [5, 15, 1],
    income: [1.6, 4, 1],
  },
  'VIP-1': vip(20, 90, 31, 100),
  'VIP-2': vip(90, 230, 115, 255),
  'VIP-3': vip(220, 560, 285, 500),
  'LARGE-1': large(606, 985),
  'LARGE-2': large(1_015, 2_900),
  'LARGE-3': large(3_030, 4_900),
  'LARGE-4': large(5_040, 9_800),
  'LARGE-5': large(10_100, 38_000),
};

function vip(from: number, to: number, investFrom: number, investTo: number): Profile {
  return {
    age: [27, 80],
    solidity: 68,
    deposit: [from, to, 1],
    invest: [investFrom, investTo, 1],
    spend: [2, 24, 2],
    income: [1.5, 9, 2],
  };
}

function large(from: number, to: number): Profile {
  return {
    age: [35, 84],
    solidity: 76,
    deposit: [from, to, 2],
    invest: [from * 0.05, from * 0.6, 1],
    spend: [0, 60, 2],
    income: [4, 40, 2],
  };
}

/** An amount in fen. */
export function amount(
  random: Random,
  [from, to, power]: readonly [from: number, to: number, power: number],
): number {
  return random.skewed(wan(from), wan(to), power);
}
