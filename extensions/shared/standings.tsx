import type { ClaimStanding } from "./contract/types.js";

/** The claims on an order: what happened last, and where everything else about them stands. */
export function Standings({ claims }: { claims: readonly ClaimStanding[] }) {
  return (
    <s-stack gap="small-100">
      {claims.map(({ number, title, text, url }) => (
        <s-stack key={number} gap="none">
          <s-link href={url} target="_blank">
            {number}
          </s-link>
          <s-text>{title}</s-text>
          {text ? <s-text color="subdued">{text}</s-text> : null}
        </s-stack>
      ))}
    </s-stack>
  );
}
