interface Field {
  readonly value?: string;
  readonly values?: readonly string[];
  readonly checked?: boolean;
}

/** What stands in the field that an event is about. */
export function valueOf(event: Event): string {
  return fieldOf(event).value ?? "";
}

/** What is chosen in the list that an event is about. */
export function valuesOf(event: Event): readonly string[] {
  return fieldOf(event).values ?? [];
}

/** Whether the box that an event is about is ticked. */
export function isTicked(event: Event): boolean {
  return fieldOf(event).checked ?? false;
}

/** Shopify types the listeners of its elements as plain events. */
function fieldOf(event: Event): Field {
  return (event.currentTarget ?? {}) as Field;
}
