import type { PolicyAnswer } from "./contract/types.js";
import { Listed } from "./texts.js";

/** What the shop promises everybody in this market, in a line each. */
export function Promises({ policy }: { policy: PolicyAnswer }) {
  if (policy.promises.length === 0) return null;
  return (
    <s-stack gap="base">
      <s-heading>{policy.heading}</s-heading>
      <Listed texts={policy.promises.map(({ text }) => text)} />
      {policy.details ? (
        <s-link href={policy.details.url} target="_blank">
          {policy.details.text}
        </s-link>
      ) : null}
    </s-stack>
  );
}
