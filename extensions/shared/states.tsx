import type { ComponentChild } from "preact";
import type { Fault } from "./fault.js";
import { say, type Shopify } from "./host.js";
import type { Asked } from "./use-answer.js";

interface Props<A> {
  readonly shopify: Shopify;
  readonly asked: Asked<A>;
  /** Paragraphs whose place is kept while the answer is on its way. */
  readonly lines: number;
  readonly children: (answer: A) => ComponentChild;
}

/** An answer, or what stands in its place: its height while it is under way, then what went wrong and what to do. */
export function Answered<A>({ shopify, asked, lines, children }: Props<A>) {
  if (asked.answer !== null) return <>{children(asked.answer)}</>;
  if (asked.fault !== null) return <Trouble shopify={shopify} fault={asked.fault} again={asked.again} />;
  return (
    <s-stack gap="base">
      {Array.from({ length: lines }, (_, no) => (
        <s-skeleton-paragraph key={no} />
      ))}
    </s-stack>
  );
}

/** The server's own sentence about a refusal; what may pass can be tried again. */
export function Trouble({ shopify, fault, again }: { shopify: Shopify; fault: Fault; again?: () => void }) {
  return (
    <s-banner tone="critical">
      <s-stack gap="base">
        <s-text>{fault.detail || say(shopify, "problem.general")}</s-text>
        {again && fault.isPassing ? <s-button onClick={again}>{say(shopify, "claim.account.retry")}</s-button> : null}
      </s-stack>
    </s-banner>
  );
}
