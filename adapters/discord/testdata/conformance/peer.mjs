// A small bot on discord.js. It is driven by conformance_test.go: what it sees it
// prints as a line of JSON, and it answers what comes in the plainest way.
import { ActionRowBuilder, Client, Events, GatewayIntentBits, ModalBuilder, Options, Partials, TextInputBuilder, TextInputStyle } from 'discord.js';

const say = (event, more = {}) => console.log(JSON.stringify({ event, ...more }));

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages, GatewayIntentBits.MessageContent],
  partials: [Partials.Channel],
  makeCache: Options.cacheEverything(),
  rest: { api: process.env.FAKE_API, version: '10', retries: 3 },
});

client.on(Events.ClientReady, async () => {
  say('ready', { user: client.user.username });
  const set = await client.application.commands.set([{ name: 'ask', description: 'Ask', options: [{ type: 3, name: 'question', description: 'What', autocomplete: true, required: true }] }]);
  say('commands', { count: set.size });
});

client.on(Events.InteractionCreate, async (i) => {
  try {
    if (i.isAutocomplete()) {
      await i.respond([{ name: `${i.options.getFocused()}!`, value: 'x' }]);
    } else if (i.isChatInputCommand() && i.options.getString('question') === 'slow') {
      await i.deferReply();
      await i.editReply('edited');
      await i.followUp('followed');
    } else if (i.isChatInputCommand()) {
      await i.reply({ content: `you asked ${i.options.getString('question')}`, ephemeral: true });
    } else if (i.isMessageContextMenuCommand()) {
      await i.reply(`it says ${i.targetMessage.content}`);
    } else if (i.isButton() && i.customId === 'form') {
      const input = new TextInputBuilder().setCustomId('text').setLabel('Text').setStyle(TextInputStyle.Short);
      await i.showModal(new ModalBuilder().setCustomId('modal').setTitle('Form').addComponents(new ActionRowBuilder().addComponents(input)));
    } else if (i.isButton()) {
      await i.update(`pressed ${i.customId} on ${i.message.id}`);
    } else if (i.isStringSelectMenu()) {
      await i.reply(`picked ${i.values.join()}`);
    } else if (i.isModalSubmit()) {
      await i.reply(`wrote ${i.fields.getTextInputValue('text')}`);
    }
    say('answered', { type: i.type, guild: i.guildId, user: i.user.id });
  } catch (err) {
    say('failed', { code: err.code, text: String(err) });
  }
});

client.on(Events.MessageCreate, async (m) => {
  if (m.author.bot) return;
  say('message', { content: m.content, guild: m.guildId, mentioned: m.mentions.has(client.user) });
  try {
    if (m.content === 'flood') {
      await Promise.all(Array.from({ length: 8 }, (_, n) => m.channel.send(`drop ${n}`)));
      say('flooded');
    } else if (m.content.startsWith('reply')) {
      await m.reply('a reply');
      say('replied');
    }
  } catch (err) {
    say('failed', { code: err.code, status: err.status, text: String(err) });
  }
});

client.rest.on('rateLimited', (r) => say('rate limited', { route: r.route, limit: r.limit }));
client.on(Events.ShardResume, (id, replayed) => say('resumed', { replayed }));
client.on(Events.ShardReconnecting, () => say('reconnecting'));
client.on(Events.ShardDisconnect, (event) => say('disconnected', { code: event.code }));
client.on(Events.ShardReady, () => say('shard ready'));
client.on(Events.Error, (err) => say('error', { text: String(err) }));
process.on('unhandledRejection', (err) => say('error', { text: String(err) }));
process.stdin.on('end', () => process.exit(0)).resume();

client.login(process.env.FAKE_TOKEN).catch((err) => say('refused', { text: String(err) }));
