/**
 * The content script: one synchronous file at document_start. The manifest lets it into every page
 * of the blog; where the address is none that it draws on, it does nothing more.
 */
import { pageKind } from '../site/address.ts';
import { start } from './registry.ts';

const kind = pageKind(location);
if (kind !== 'other') start(kind);
