/**
 * Slack's documented limits, one table. Sources: the Block Kit reference and method pages of docs.slack.dev as of
 * November 2026, and the doc comments of @slack/types 3.2. Lengths count UTF-16 units, the stricter of the two readings.
 */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  blockIdLength: 255,
  actionIdLength: 255,
  /** chat.postMessage cuts longer texts off; here it refuses, so that nobody relies on the cut. */
  postTextLength: 40_000,
  updateTextLength: 4_000,
  metadataBytes: 16_000,
  sectionTextLength: 3_000,
  sectionFields: 10,
  sectionFieldLength: 2_000,
  headerLength: 150,
  contextElements: 10,
  actionsElements: 25,
  contextActionsElements: 5,
  altTextLength: 2_000,
  imageTitleLength: 2_000,
  urlLength: 3_000,
  buttonTextLength: 75,
  buttonValueLength: 2_000,
  accessibilityLabelLength: 75,
  placeholderLength: 150,
  optionTextLength: 75,
  optionValueLength: 150,
  selectOptions: 100,
  overflowOptions: 5,
  choiceOptions: 10,
  /** All markdown blocks of one message together. */
  markdownLength: 12_000,
  tableRows: 100,
  tableColumns: 20,
  tablesPerMessage: 1,
  /** All cells of one table together. */
  tableCharacters: 10_000,
  /** Header included. */
  dataTableRows: 101,
  dataTablePageSize: 100,
  chartTitleLength: 50,
  chartsPerMessage: 2,
  chartSeries: 6,
  chartCategories: 20,
  chartLabelLength: 20,
  viewTitleLength: 24,
  privateMetadataLength: 3_000,
  callbackIdLength: 255,
  suggestedPrompts: 4,
} as const;
