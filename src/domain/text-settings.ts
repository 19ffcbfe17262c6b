/** `catalogue/text.yml`, checked: what a user may change about the reading of texts. */
export interface TextSettings {
  /** Words of the user's own with weights from -3 to 3; they come before those of the lexicon. */
  readonly words: ReadonlyMap<string, number>;
  /** A topic stands alone when texts like it were right this often on held-out tickets; else three are named. */
  readonly sureWhenRight: number;
  /** Topics described by words, for tickets that no model can judge; the higher one wins a draw. */
  readonly topics: readonly TopicWords[];
  readonly questions: RepeatedQuestionSettings;
}

export interface TopicWords {
  readonly label: string;
  /** Words or short phrases in lower case. */
  readonly words: readonly string[];
}

export interface RepeatedQuestionSettings {
  /** Tickets opened in so many days are compared. */
  readonly days: number;
  /** Fewer tickets than this are no repeated question. */
  readonly leastTickets: number;
  /** Cosine from which two texts ask the same. */
  readonly likeness: number;
}
