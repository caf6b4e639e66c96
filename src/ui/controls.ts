/** Controls of our own pages. A key identifies a control in the next drawing (ui/patch.ts). */
import { type Attributes, type Child, h, on } from './h.ts';

/** A button that is pressed or not. */
export function toggle(
  key: string,
  isOn: boolean,
  press: () => void,
  ...children: Child[]
): HTMLButtonElement {
  const attributes = { 'aria-pressed': String(isOn), 'data-key': key };
  const button = h('button', { type: 'button', class: 'toggle', ...attributes }, ...children);
  on(button, 'click', press);
  return button;
}

/**
 * A menu of which one value is chosen.
 *
 * @param name its name for screen readers
 * @param options the values and their texts; `lang` is the language of a text that is not in the reader's
 */
export function select<Value extends string | number>(
  key: string,
  name: string,
  options: readonly (readonly [value: Value, text: string, lang?: string])[],
  chosen: Value,
  choose: (value: Value) => void,
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
  on(element, 'change', change);
  return element;
}
