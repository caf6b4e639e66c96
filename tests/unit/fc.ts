/** fast-check, on the same way in every run; SEED=… takes another. */
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_122) });

export * from 'fast-check';
