/** A menu of which one value is chosen, on our own pages. */
import { type Attributes, h, on } from './h.ts';

/**
 * @param key identifies it in the next drawing (ui/patch.ts)
 * @param name its name for screen readers
 * @param options the values and their texts; `lang` is the language of a text that is not in the reader's
 */
export function select<Value extends string | number>(
  key: string,
  name: string,
  options: readonly (readonly [value: Value, text: string, lang?: string])[],
  chosen: Value,
  choose: (value: Value) => void,
  signal: AbortSignal,
  attributes: Attributes = {},
): HTMLSelectElement {
  const element = h(
    'select',
    { 'data-key': key, 'aria-label': name, ...attributes },
    ...options.map(([value, text, lang]) =>
      h('option', { value, selected: value === chosen, lang }, text),
    ),
  );
  const change = ({ currentTarget }: Event) => {
    const { value } = currentTarget as HTMLSelectElement;
    const option = options.find(([each]) => String(each) === value);
    if (option) choose(option[0]);
  };
  on(element, 'change', change, signal);
  return element;
}
