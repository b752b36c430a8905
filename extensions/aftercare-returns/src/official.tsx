import type { OfficialWords } from "../../shared/contract/types.js";

/** Official words in the language they are official in. */
export function Official({ words }: { words: OfficialWords }) {
  return <s-text lang={words.language}>{words.text}</s-text>;
}
