import type { ClaimDraftAnswer, DraftLine, LineWish } from "../../shared/contract/types.js";

/** One question of the claim; those about a line name it. */
export type Screen =
  | { readonly kind: "items" }
  | { readonly kind: "check" }
  | { readonly kind: "reason" | "evidence" | "remedy"; readonly line: string };

export const ITEMS: Screen = { kind: "items" };
export const CHECK: Screen = { kind: "check" };

/** Every question there is, in their order; which there are the answers so far decide. */
export function screens(draft: ClaimDraftAnswer | null): readonly Screen[] {
  return [ITEMS, ...(draft?.lines.flatMap(ofLine) ?? []), CHECK];
}

function ofLine({ line, reason, evidence }: DraftLine): readonly Screen[] {
  const asked: Screen[] = [{ kind: "reason", line }];
  if (evidence) asked.push({ kind: "evidence", line });
  if (reason) asked.push({ kind: "remedy", line });
  return asked;
}

/** The question before this one. */
export function before(draft: ClaimDraftAnswer | null, here: Screen): Screen {
  const all = screens(draft);
  return all[Math.max(0, place(all, here) - 1)] ?? ITEMS;
}

/** The question that comes after this one is answered: the next that is open, in the end the check. */
export function after(draft: ClaimDraftAnswer, here: Screen): Screen {
  const all = screens(draft);
  return all.slice(place(all, here) + 1).find((each) => isOpen(draft, each, here)) ?? firstOpen(draft) ?? CHECK;
}

/** Evidence follows its reason each time that was answered; no right hangs on it, so it is never what a claim waits for. */
function isOpen(draft: ClaimDraftAnswer, screen: Screen, here: Screen): boolean {
  if (screen.kind === "evidence") return here.kind === "reason" && here.line === screen.line;
  return isUnanswered(draft, screen);
}

function firstOpen(draft: ClaimDraftAnswer): Screen | undefined {
  return screens(draft).find((each) => isUnanswered(draft, each));
}

function isUnanswered(draft: ClaimDraftAnswer, screen: Screen): boolean {
  if (screen.kind !== "reason" && screen.kind !== "remedy") return false;
  const line = draft.lines.find((each) => each.line === screen.line);
  return !line?.[screen.kind];
}

function place(all: readonly Screen[], here: Screen): number {
  return all.findIndex((each) => each.kind === here.kind && lineOf(each) === lineOf(here));
}

/** The line a question is about; empty for those about all of them. */
export function lineOf(screen: Screen): string {
  return "line" in screen ? screen.line : "";
}

/** Everything that was said of a line, as it is sent again. */
export function wishOf(line: DraftLine): LineWish {
  return {
    line: line.line,
    quantity: line.quantity,
    reason: line.reason,
    note: line.note,
    serial: line.serial,
    remedy: line.remedy,
    saw_choice: line.remedy !== null && line.legal.length > 0,
    variant: line.variant,
    instead: line.instead,
    conditions: line.conditions_met,
  };
}

/** Everything that was said, with what one line's screen says now. */
export function wishes(draft: ClaimDraftAnswer, line: string, change: Partial<LineWish>): readonly LineWish[] {
  return draft.lines.map((each) => (each.line === line ? { ...wishOf(each), ...change } : wishOf(each)));
}
