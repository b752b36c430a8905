import type { AccountWords, DraftLine } from "../../shared/contract/types.js";
import { valueOf } from "./fields.js";

const LONGEST_WISH = 200;

interface Wanted {
  readonly variant: string | null;
  readonly instead: string;
}

interface Props {
  readonly line: DraftLine;
  readonly words: AccountWords;
  readonly kept: Wanted;
  readonly keep: (wanted: Wanted) => void;
}

/** What is wanted in exchange: a variant, each with its difference, or anything else in words; the last said counts. */
export function Instead({ line, words, kept, keep }: Props) {
  const hasVariants = line.variants.length > 0;
  return (
    <s-stack gap="base">
      {hasVariants ? (
        <s-select
          label={words.instead}
          value={kept.variant ?? ""}
          onChange={(event) => keep({ variant: valueOf(event) || null, instead: "" })}
        >
          {line.variants.map(({ id, title, text }) => (
            <s-option key={id} value={id}>
              {text ? `${title} · ${text}` : title}
            </s-option>
          ))}
        </s-select>
      ) : null}
      <s-text-field
        label={hasVariants ? words.other : words.instead}
        value={kept.instead}
        maxLength={LONGEST_WISH}
        onInput={(event) => keep({ variant: valueOf(event) ? null : kept.variant, instead: valueOf(event) })}
      />
    </s-stack>
  );
}
