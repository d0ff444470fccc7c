// The Slack emulator of the npm package "emulate", with one workspace, on
// loopback. It prints its address, ids and tokens, and ends with its input.
import { readFileSync, readdirSync } from 'node:fs';
import { createEmulator } from 'emulate';

// The emulator signs and sends events to an app, but has no option that says
// where: its plugin is told at registration.
const dist = new URL('./node_modules/emulate/dist/', import.meta.url);
for (const file of readdirSync(dist)) {
  if (!/^dist-.*\.js$/.test(file) || !readFileSync(new URL(file, dist), 'utf8').includes('slackPlugin')) continue;
  const { slackPlugin } = await import(new URL(file, dist));
  const register = slackPlugin.register;
  slackPlugin.register = (app, store, webhooks, ...rest) => {
    webhooks.register({ url: process.env.EVENTS, events: ['*'], active: true, owner: 'slack' });
    return register.call(slackPlugin, app, store, webhooks, ...rest);
  };
}

const emulator = await createEmulator({
  service: 'slack',
  port: Number(process.env.PORT),
  hostname: '127.0.0.1',
  seed: {
    slack: {
      users: [{ name: 'maria', real_name: 'Maria' }],
      channels: [{ name: 'front-desk' }, { name: 'desk-help' }],
      oauth_apps: [{ client_id: '1', client_secret: '2', name: 'massagefaq', redirect_uris: [], app_id: 'A1', bot_id: 'BBOT', bot_user_id: 'UBOT', bot_name: 'massagefaq' }],
      tokens: [
        { token: process.env.BOT_TOKEN, type: 'bot', user: 'UBOT', scopes: process.env.SCOPES, app_id: 'A1', bot_id: 'BBOT', bot_user_id: 'UBOT' },
        { token: 'xoxp-maria', type: 'user', user: 'maria', scopes: 'chat:write,channels:read,channels:manage,channels:write,channels:history,channels:write.invites,channels:join,users:read' },
      ],
      signing_secret: process.env.SIGNING_SECRET,
      strict_scopes: true,
    },
  },
});
console.log(JSON.stringify({ url: emulator.url }));
process.stdin.on('end', async () => { await emulator.close(); process.exit(0); }).resume();
