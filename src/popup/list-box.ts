/**
 * A list box that a field controls: the field keeps the focus and names the selected option by
 * aria-activedescendant (the combobox pattern of the ARIA Authoring Practices).
 */
import { type Child, h } from '../ui/h.ts';
import { patch } from '../ui/patch.ts';

export class ListBox {
  readonly element: HTMLElement;
  /** The current options, in order. */
  options: readonly HTMLElement[] = [];
  readonly #field: HTMLElement;
  #selected: HTMLElement | undefined;

  constructor(id: string, field: HTMLElement) {
    this.#field = field;
    this.element = h('div', { class: 'found scroll', id, role: 'listbox', hidden: true });
    field.setAttribute('aria-controls', id);
    this.#show();
  }

  get selected(): HTMLElement | undefined {
    return this.#selected;
  }

  /**
   * Draws other groups of options. The selected option stays selected if it is still there; otherwise the one
   * that took its place is.
   */
  draw(groups: readonly Child[]): void {
    const at = this.#selected ? this.options.indexOf(this.#selected) : -1;
    patch(this.element, groups);
    this.options = [...this.element.querySelectorAll<HTMLElement>('[role="option"]')];
    if (this.#selected && !this.options.includes(this.#selected))
      this.#selected = this.options[Math.min(at, this.options.length - 1)];
    this.#show();
  }

  /** Selects the option before or after the selected one; before the first one nothing is selected. */
  move(by: 1 | -1): void {
    const at = this.#selected ? this.options.indexOf(this.#selected) : -1;
    this.select(this.options[Math.min(this.options.length - 1, Math.max(-1, at + by))]);
  }

  select(option: HTMLElement | undefined): void {
    this.#selected = option;
    this.#show();
    option?.scrollIntoView({ block: 'nearest' });
  }

  #show(): void {
    for (const option of this.options)
      option.setAttribute('aria-selected', String(option === this.#selected));
    const isOpen = this.options.length > 0;
    this.element.hidden = !isOpen;
    this.#field.setAttribute('aria-expanded', String(isOpen));
    if (this.#selected) this.#field.setAttribute('aria-activedescendant', this.#selected.id);
    else this.#field.removeAttribute('aria-activedescendant');
  }
}
