/** What grounding reads beside the rules: sources, views, words, and the classes that count (runtime/kernel/assembly/forms.ts, planting.ts). */
import type { Ir } from "../ir/ir.ts";
import { CLASS_BITS } from "../lower/grounding.ts";
import type { DataBuffer } from "./buffer.ts";
import type { ConditionWriter } from "./conditions.ts";

/** Of a pending row: the arguments that the user said, 32 echoes of 8 bytes, and 8 rows of its own arguments where they may ground. */
export const originBytes = ({ sources }: Ir): number =>
  sources.length === 0 ? 0 : 8 + 32 * 8 + (sources.some((s) => s.argument !== undefined) ? 8 * 16 : 0);
const SOURCE_SIZE = 32;

/** Single words that say nothing. */
export const STOP_WORDS = (
  "the and for you your with from this that are was were has have had not but all any can will would could should our out into about what " +
  "when where which who whom why how please its his her their them they she him been being than then there here also just only"
).split(" ");

/** Endings of file names that are no top-level domain (docs/semantics/grounding.md). */
export const ENDINGS = (
  "apk asp aspx avi bak bmp cfg cgi cjs conf cpp csv css deb dll dmg doc docx exe flac gif gz hpp htm html ico ini " +
  "ipynb iso jar java jpeg jpg js json jsonl jsp jsx less log lua mjs mkv msi odp ods odt ogg pdf php png ppt pptx " +
  "rar rpm rtf sass scss sql svg svelte tar tex tgz tif tiff tmp toml ts tsv tsx txt vue war wav webp xhtml xls " +
  "xlsx xml xz yaml yml"
).split(" ");

/** Fields of the header. `views`: the records of the rules that have marks. */
export function writeGrounding(
  data: DataBuffer,
  conditions: ConditionWriter,
  ir: Ir,
  views: readonly number[],
): readonly (readonly [number, number])[] {
  const sources = data.alloc(ir.sources.length * SOURCE_SIZE);
  for (const [i, s] of ir.sources.entries()) {
    const e = sources + SOURCE_SIZE * i;
    data.u32(e, CLASS_BITS[s.class]);
    data.u32(e + 4, data.words(s.path));
    data.u32(e + 8, s.path.length);
    data.u32(e + 12, s.tool);
    data.u32(e + 16, (s.contains ? 1 : 0) | (s.money ? 2 : 0) | (s.argument === undefined ? 0 : 4));
    if (s.argument !== undefined) {
      data.slot(e + 4, s.argument.slot);
      if (s.argument.trusted !== undefined) data.u32(e + 20, conditions.condition(s.argument.trusted));
    }
    if (s.named === undefined) continue;
    data.slot(e + 20, s.named.slot);
    data.u32(e + 24, CLASS_BITS[s.named.class]);
    data.u32(e + 28, s.named.bit);
  }
  const details = ir.rules.flatMap((r) => (r.detail?.kind === "grounded" ? [r.detail] : []));
  const stopWords = data.table(STOP_WORDS.map((w) => [w, 1]));
  const isAsked = details.some((d) => d.values.some((v) => v.tokens && v.class === "url"));
  const endings = isAsked ? data.table(ENDINGS.map((w) => [w, 1])) : { address: 0, mask: 0 };
  const planted = details.flatMap((d) => d.planted);
  const searched = ir.sources.flatMap((s) => (s.contains ? [s.class] : []));
  const traced = [...planted.map((c) => CLASS_BITS[c]), ...searched.map((c) => CLASS_BITS[c] << 16)].reduce(
    (a, b) => a | b,
    0,
  );
  return [
    [128, ir.classes.reduce((bits, c) => bits | CLASS_BITS[c], 0)],
    [132, ir.sources.length],
    [136, stopWords.address],
    [140, stopWords.mask],
    [196, sources],
    [320, ir.minor ? 1 : 0],
    [324, data.words([...views, 0])],
    [328, traced],
    [336, endings.address],
    [340, endings.mask],
  ];
}
