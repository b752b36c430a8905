import type { Row } from "../../shared/contract/types.js";

/** Terms, each with what is said of it. */
export function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <s-stack gap="small-100">
      {rows.map(({ term, text }, no) => (
        <s-stack key={no} gap="none">
          <s-text color="subdued">{term}</s-text>
          <s-text>{text}</s-text>
        </s-stack>
      ))}
    </s-stack>
  );
}
