import type { DraftLine } from "../../shared/contract/types.js";
import { Check } from "./check.js";
import { Evidence } from "./evidence.js";
import type { Screen } from "./flow.js";
import { Items } from "./items.js";
import type { Steps } from "./question.js";
import { Reason } from "./reason.js";
import { Remedy } from "./remedy.js";

/** The question that is asked now. */
export function Step({ here, steps }: { here: Screen; steps: Steps }) {
  if (here.kind === "items") return <Items steps={steps} />;
  if (here.kind === "check") return <Check steps={steps} />;
  const line = steps.draft?.lines.find((each) => each.line === here.line);
  if (!line) return <Items steps={steps} />;
  return <OfLine kind={here.kind} line={line} steps={steps} />;
}

function OfLine({ kind, line, steps }: { kind: "reason" | "evidence" | "remedy"; line: DraftLine; steps: Steps }) {
  switch (kind) {
    case "reason":
      return <Reason line={line} steps={steps} />;
    case "evidence":
      return <Evidence line={line} steps={steps} />;
    case "remedy":
      return <Remedy line={line} steps={steps} />;
  }
}
