import type { ComponentChildren } from "preact";
import type { UnitsWish, WithdrawalFormAnswer, WithdrawalWish, Wrong } from "../../shared/contract/types.js";
import { valueOf } from "./fields.js";
import { Official } from "./official.js";
import type { Sending } from "./use-sending.js";

interface Props {
  readonly form: WithdrawalFormAnswer;
  readonly wish: WithdrawalWish;
  readonly write: (wish: WithdrawalWish) => void;
  readonly wrong: readonly Wrong[];
  readonly sending: Sending;
  readonly send: () => void;
  readonly children: ComponentChildren;
}

/** The first screen: who declares what, and where the receipt goes. */
export function Declare({ form, wish, write, wrong, sending, send, children }: Props) {
  const wrongAt = (field: string): string => wrong.find((each) => each.field === field)?.text ?? "";
  return (
    <s-page heading={form.heading}>
      <s-form onSubmit={send}>
        <s-stack gap="base">
          {children}
          <s-text-field
            label={form.name.label}
            value={wish.name}
            maxLength={form.name.most}
            error={wrongAt("name")}
            autocomplete="name"
            required
            onInput={(event) => write({ ...wish, name: valueOf(event) })}
          />
          <s-text-field
            label={form.reference.label}
            value={wish.reference}
            maxLength={form.reference.most}
            error={wrongAt("reference")}
            required
            onInput={(event) => write({ ...wish, reference: valueOf(event) })}
          />
          <Units form={form} wish={wish} write={write} wrong={wrongAt("units")} />
          <s-email-field
            label={form.reply_to.label}
            value={wish.reply_to}
            maxLength={form.reply_to.most}
            error={wrongAt("reply_to")}
            autocomplete="email"
            required
            onInput={(event) => write({ ...wish, reply_to: valueOf(event) })}
          />
          <s-button type="submit" variant="primary" loading={sending.isUnderWay}>
            <Official words={form.button} />
          </s-button>
        </s-stack>
      </s-form>
    </s-page>
  );
}

type Picking = Pick<Props, "form" | "wish" | "write"> & { readonly wrong: string };

function Units({ form, wish, write, wrong }: Picking) {
  const pick = (line: string, quantity: number): readonly UnitsWish[] =>
    wish.units.map((each) => (each.line === line ? { line, quantity } : each));
  return (
    <s-stack gap="base">
      <s-text>{form.pick}</s-text>
      {form.units.map(({ line, title, quantity }) => (
        <s-select
          key={line}
          label={title}
          error={wrong}
          value={`${wish.units.find((each) => each.line === line)?.quantity ?? quantity}`}
          onChange={(event) => write({ ...wish, units: pick(line, Number(valueOf(event))) })}
        >
          {Array.from({ length: quantity + 1 }, (_, no) => (
            <s-option key={no} value={`${quantity - no}`}>
              {`${quantity - no}`}
            </s-option>
          ))}
        </s-select>
      ))}
    </s-stack>
  );
}
