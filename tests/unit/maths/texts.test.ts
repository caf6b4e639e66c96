// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { isWithinLimits, piecesOf } from '../../../src/maths/formulas.ts';
import { macrosOfAPost, setFormula } from '../../../src/maths/katex.ts';
import { readTexts } from '../../fixtures/texts.ts';

it('typesets all formulas of realistic texts', () => {
  const formulas = readTexts().flatMap((text) =>
    piecesOf([text]).filter((piece) => typeof piece !== 'string'),
  );
  expect(formulas.length).toBeGreaterThan(60);
  for (const formula of formulas) {
    expect(isWithinLimits(formula)).toBe(true);
    expect(() => setFormula(formula.tex, formula.isDisplay, macrosOfAPost())).not.toThrow();
  }
});
