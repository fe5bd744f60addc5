import { describe } from 'node:test';
import { playSeeds } from './seeds.testing.js';

describe('the simulation', () => playSeeds(2));
