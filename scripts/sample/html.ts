/** Text that is already HTML and must not be escaped again. */
export class Markup {
  constructor(readonly text: string) {}
}

/** The content of a template: text is escaped, markup is kept, lists are joined. */
export type Content = string | number | Markup | readonly Content[];

/** Builds markup; escapes every value that is not markup, also in attributes. */
export function html(literals: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(String.raw({ raw: literals }, ...values.map(render)));
}

function render(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(render).join('');
  return String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
