// The payloads we send, in the words of Slack's own types. Their schema is made
// from this file.
import type { HomeView, KnownBlock, ModalView } from '@slack/types';

export interface Message {
  blocks: KnownBlock[];
}

export type Modal = Omit<ModalView, 'blocks'> & { blocks: KnownBlock[] };

export type Home = Omit<HomeView, 'blocks'> & { blocks: KnownBlock[] };
