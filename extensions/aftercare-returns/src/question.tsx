import type { ComponentChildren } from "preact";
import type { ClaimDraftAnswer, LineWish, OrderAnswer } from "../../shared/contract/types.js";
import { Texts } from "../../shared/texts.js";
import type { Screen } from "./flow.js";

/** What every question is given, and what it can do. */
export interface Steps {
  readonly order: OrderAnswer;
  readonly draft: ClaimDraftAnswer | null;
  readonly isUnderWay: boolean;
  /** Which of the four steps a question belongs to, in words. */
  readonly progress: (step: number) => string;
  /** Keep everything that is said, and go on. */
  readonly say: (lines: readonly LineWish[]) => void;
  /** Keep what is said of a line now, and go on. */
  readonly answer: (line: string, change: Partial<LineWish>) => void;
  readonly submit: () => void;
  readonly back: () => void;
  readonly go: (screen: Screen) => void;
}

interface Frame {
  readonly step: 1 | 2 | 3 | 4;
  readonly heading: string;
  readonly about: string;
  readonly wrong?: string;
  readonly steps: Steps;
  readonly next: string;
  readonly send: () => void;
  readonly isFirst?: boolean;
  readonly children: ComponentChildren;
}

/** A question with what it is about, what is missing, the one way on, and the way back. */
export function Question({ step, heading, about, wrong, steps, next, send, isFirst, children }: Frame) {
  return (
    <s-form onSubmit={send}>
      <s-section heading={heading}>
        <s-stack gap="base">
          <Texts texts={[steps.progress(step), about]} isQuiet />
          {wrong ? (
            <s-banner tone="critical">
              <s-text>{wrong}</s-text>
            </s-banner>
          ) : null}
          {children}
          <s-stack direction="inline" gap="base">
            <s-button type="submit" variant="primary" loading={steps.isUnderWay}>
              {next}
            </s-button>
            {isFirst ? null : (
              <s-button variant="secondary" onClick={steps.back}>
                {steps.order.words.back}
              </s-button>
            )}
          </s-stack>
        </s-stack>
      </s-section>
    </s-form>
  );
}
