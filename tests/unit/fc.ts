/** fast-check with the same random values in every run; SEED=… sets others. */
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_122) });

export * from 'fast-check';
