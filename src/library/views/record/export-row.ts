/** 导出: the record as a file that can be imported again, and in formats of other programs. */
import { asBibtex } from '../../../exchange/export/bibtex.ts';
import { asCsv } from '../../../exchange/export/csv.ts';
import { exportFile } from '../../../exchange/record-file.ts';
import { asMarkdown } from '../../../exchange/export/markdown.ts';
import { dayOf } from '../../../record/days.ts';
import { query } from '../../../app/transport.ts';
import { saveBlob } from '../../components.ts';
import { button } from '../../../ui/h.ts';
import type { LibraryContext } from '../../view.ts';
import type { Rows } from './rows.ts';

const FORMATS = ['json', 'csv', 'markdown', 'bibtex'] as const;
type Format = (typeof FORMATS)[number];

const FILES = {
  json: { extension: 'json', type: 'application/json' },
  csv: { extension: 'csv', type: 'text/csv;charset=utf-8' },
  markdown: { extension: 'md', type: 'text/markdown;charset=utf-8' },
  bibtex: { extension: 'bib', type: 'text/plain;charset=utf-8' },
} as const;

export function exportRow(context: LibraryContext): Rows {
  const save = async (format: Format) => {
    const { extension, type } = FILES[format];
    const now = Date.now();
    // The background makes the name of this browser when it is first needed.
    const device = format === 'json' ? ((await query('deviceName', {})) ?? '') : '';
    const file = new Blob([textAs(format, context, device, now)], { type });
    saveBlob(`kexue-${dayOf(now)}.${extension}`, file);
  };
  return {
    content() {
      const words = context.live.words.record;
      const actions = FORMATS.map((format) =>
        button(words.formats[format], `export-${format}`, () => void save(format)),
      );
      return [{ name: words.export, about: words.exportAbout, actions }];
    },
  };
}

/** `now` in ms. */
function textAs(format: Format, context: LibraryContext, device: string, now: number): string {
  const { live, catalogue, discovered } = context;
  const { storedRecord: record, settings, words } = live;
  const plans = context.plans.all().toReversed();
  const own = { catalogue, record, host: settings.host };
  switch (format) {
    case 'json':
      return exportFile({ record, discovered, plans, settings }, device, now);
    case 'csv':
      return asCsv(own);
    case 'markdown':
      return asMarkdown(own, { others: words.list.noSeries, later: words.later });
    case 'bibtex':
      return asBibtex(own);
  }
}
