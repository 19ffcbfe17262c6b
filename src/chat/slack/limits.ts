/**
 * Slack's limits, by name (docs.slack.dev, block reference and method pages, 2026). Characters are counted as Slack
 * does, in UTF-16 units.
 */
export const slackLimits = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  messageText: 40_000,
  /** Text beyond this may be cut by clients; we stay below. */
  fallbackText: 3_000,
  header: 150,
  sectionText: 3_000,
  fieldsPerSection: 10,
  fieldText: 2_000,
  contextElements: 10,
  contextText: 2_000,
  actionsPerBlock: 25,
  buttonText: 75,
  buttonValue: 2_000,
  accessibilityLabel: 75,
  placeholder: 150,
  optionText: 75,
  optionValue: 150,
  optionsPerSelect: 100,
  optionsPerOverflow: 5,
  inputLabel: 2_000,
  modalTitle: 24,
  modalState: 3_000,
  actionId: 255,
  altText: 2_000,
  tableRows: 100,
  tableColumns: 20,
  tablesPerMessage: 1,
  /** All cells of all tables of a message together. */
  tableCharacters: 10_000,
} as const;
