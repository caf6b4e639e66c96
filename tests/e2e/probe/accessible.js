/*
 * Computes accessible roles and names, as far as our pages need them. The probe uses these functions in our
 * closed shadow roots, and ../roles.ts passes them to Puppeteer for our own pages.
 */

globalThis.accessible = (() => {
  const ROLES_OF_TAGS = {
    BUTTON: 'button',
    H1: 'heading',
    H2: 'heading',
    H3: 'heading',
    IMG: 'img',
    LI: 'listitem',
    MAIN: 'main',
    NAV: 'navigation',
    OL: 'list',
    OPTION: 'option',
    SELECT: 'combobox',
    SUMMARY: 'button',
    TEXTAREA: 'textbox',
    UL: 'list',
  };
  const ROLES_OF_INPUTS = {
    checkbox: 'checkbox',
    file: 'file',
    radio: 'radio',
    search: 'searchbox',
  };

  /** The role of an element; `''` if it has none that tests use. */
  function roleOf(element) {
    const role = element.getAttribute('role');
    if (role) return role;
    if (element.localName === 'a') return element.hasAttribute('href') ? 'link' : '';
    if (element.localName === 'input') return ROLES_OF_INPUTS[element.type] ?? 'textbox';
    return ROLES_OF_TAGS[element.tagName] ?? '';
  }

  /** Roles that are named by their content if no attribute names them. */
  const NAMED_BY_CONTENT =
    /^(?:button|cell|columnheader|gridcell|heading|link|menuitemradio|option|radio|row|switch)$/;

  /** The name that a screen reader announces, with single spaces; `''` if there is none. */
  function nameOf(element) {
    const name =
      attributeNameOf(element) ||
      [...(element.labels ?? [])].map(contentOf).join(' ') ||
      (NAMED_BY_CONTENT.test(roleOf(element)) && contentOf(element)) ||
      element.title ||
      '';
    return name.replaceAll(/\s+/g, ' ').trim();
  }

  function attributeNameOf(element) {
    const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
    const labels = ids.map((id) => element.getRootNode().getElementById(id)).filter(Boolean);
    return (
      labels.map(contentOf).join(' ') || element.getAttribute('aria-label') || element.alt || ''
    );
  }

  /** On the blog our words are generated content. */
  function contentOf(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.dataset?.text !== undefined) return node.dataset.text;
    if (node.nodeType !== Node.ELEMENT_NODE || node.hidden || node.ariaHidden === 'true') return '';
    return [...node.childNodes]
      .map(
        (child) =>
          (child.nodeType === Node.ELEMENT_NODE && attributeNameOf(child)) || contentOf(child),
      )
      .join('');
  }

  /** The visible text of an element, including generated content. */
  function seenText(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    return node.dataset?.text ?? [...node.childNodes].map(seenText).join('');
  }

  /** Whether an element is exposed: drawn, and not hidden from screen readers. */
  function isExposed(element) {
    return (
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.closest('[aria-hidden="true"]')
    );
  }

  return { roleOf, nameOf, isExposed, seenText };
})();
