/** Defines `browser` as a promise-based global, also in Chrome versions without it. For entry points. */
import browser from 'webextension-polyfill';

Object.assign(globalThis, { browser });
