// A small app on Slack's own client. It is driven by conformance_test.go: what it
// sees it prints as a line of JSON, and it answers in the plainest way.
import bolt from '@slack/bolt';

const { App, Assistant, LogLevel, SocketModeReceiver } = bolt;
const say = (saw, more = {}) => console.log(JSON.stringify({ saw, ...more }));
const slackApiUrl = process.env.FAKE_API;
const quiet = { debug() {}, info() {}, warn() {}, error: (...m) => console.error(...m), setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} };

const receiver = new SocketModeReceiver({ appToken: process.env.APP_TOKEN, logger: quiet, installerOptions: { clientOptions: { slackApiUrl } } });
const app = new App({ token: process.env.BOT_TOKEN, receiver, logger: quiet, clientOptions: { slackApiUrl, rejectRateLimitedCalls: false } });
app.error(async (e) => say('error', { message: e.message, stack: e.stack }));

const section = (text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });
const button = (text, action_id) => ({ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text }, action_id, value: 'v' }] });
const tame = { unfurl_links: false, unfurl_media: false };

app.event('app_mention', async ({ event, client }) => {
  const posted = await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: 'hello', blocks: [section('*hello*'), button('Press', 'press')],
    metadata: { event_type: 'peer', event_payload: { question: event.ts } }, ...tame });
  const user = await client.users.info({ user: event.user });
  const channel = await client.conversations.info({ channel: event.channel });
  const members = await client.conversations.members({ channel: event.channel });
  const thread = await client.conversations.replies({ channel: event.channel, ts: event.ts, include_all_metadata: true });
  const history = await client.conversations.history({ channel: event.channel });
  const all = [];
  for await (const page of client.paginate('users.list')) all.push(...page.members);
  const permalink = await client.chat.getPermalink({ channel: event.channel, message_ts: posted.ts });
  await client.chat.update({ channel: event.channel, ts: posted.ts, text: 'edited', blocks: [section('edited'), button('Press', 'press')] });
  say('app_mention', { ts: posted.ts, name: user.user.profile.display_name, team: user.user.team_id, channel: channel.channel.name, members: members.members.length,
    replies: thread.messages.length, metadata: thread.messages.at(-1).metadata, history: history.messages.length, users: all.length, permalink: permalink.permalink });
});

app.event('message', async ({ event, client }) => {
  say('message', { subtype: event.subtype ?? '', channel_type: event.channel_type });
  if (event.subtype === 'message_deleted') await client.chat.delete({ channel: event.channel, ts: event.previous_message.thread_ts ?? event.deleted_ts });
});

app.command('/massage', async ({ command, ack, respond }) => {
  await ack();
  await respond({ text: `you asked ${command.text}`, blocks: [section('answer'), button('Press', 'press')] });
  await respond({ text: 'for all', response_type: 'in_channel' });
  say('command', { text: command.text, user: command.user_id });
});

app.action('press', async ({ body, ack, respond }) => {
  await ack();
  await respond({ text: 'pressed', replace_original: true });
  say('action', { ephemeral: body.container.is_ephemeral, message: body.message?.ts ?? '' });
});

const view = (title) => ({ type: 'modal', callback_id: 'form', title: { type: 'plain_text', text: title }, submit: { type: 'plain_text', text: 'Send' },
  blocks: [{ type: 'input', block_id: 'words', label: { type: 'plain_text', text: 'Words' }, element: { type: 'plain_text_input', action_id: 'words' } }] });

app.shortcut('find_answer', async ({ shortcut, ack, client }) => {
  await ack();
  const opened = await client.views.open({ trigger_id: shortcut.trigger_id, view: view('First') });
  const updated = await client.views.update({ view_id: opened.view.id, hash: opened.view.hash, view: view('Second') });
  const code = async (call) => call.then(() => 'ok', (e) => e.data.error);
  say('shortcut', { text: shortcut.message.text, type: shortcut.type, title: updated.view.title.text,
    again: await code(client.views.open({ trigger_id: shortcut.trigger_id, view: view('Third') })),
    stale: await code(client.views.update({ view_id: opened.view.id, hash: opened.view.hash, view: view('Fourth') })) });
});

app.view('form', async ({ view, ack }) => {
  const words = view.state.values.words.words.value;
  if (words === 'bad') await ack({ response_action: 'errors', errors: { words: 'not that' } });
  else await ack();
  say('view', { words });
});

app.event('app_home_opened', async ({ event, client }) => {
  const r = await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [section('home')] } });
  say('app_home_opened', { tab: event.tab, view: r.view.type });
});

app.event('link_shared', async ({ event, client }) => {
  await client.chat.unfurl({ channel: event.channel, ts: event.message_ts, unfurls: { [event.links[0].url]: { blocks: [section('card')] } } });
  say('link_shared', { url: event.links[0].url });
});

app.assistant(new Assistant({
  threadStarted: async ({ setSuggestedPrompts, event }) => {
    await setSuggestedPrompts({ title: 'Ask', prompts: [{ title: 'one', message: 'one?' }] });
    say('assistant_thread_started', { channel: event.assistant_thread.channel_id });
  },
  userMessage: async ({ setStatus, setTitle, say: reply, message }) => {
    await setStatus('is looking it up...');
    await setTitle(message.text);
    await reply({ text: 'hello', ...tame });
    say('assistant message', { text: message.text });
  },
}));

await app.start();
say('started');
process.stdin.on('end', async () => { await app.stop(); process.exit(0); }).resume();
