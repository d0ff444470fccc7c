package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"massagefaq/bot"
)

// settle is how long a folder must be quiet before it is read: editors save in
// several steps, and a checkout writes many files.
const settle = 150 * time.Millisecond

// watch keeps the bot's content that of the folder. A saved file is live within
// a second; a broken one leaves the old content serving and says what is wrong.
func watch(ctx context.Context, c *content, b *bot.Bot, broken *reloadError, log *slog.Logger) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch %s: %w", c.Knowledge, err)
	}
	defer w.Close()
	if err := addFolders(w, c.Knowledge); err != nil {
		return fmt.Errorf("watch %s: %w", c.Knowledge, err)
	}
	quiet := time.NewTimer(settle)
	quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-w.Events:
			if !ok {
				return nil
			}
			if !beside(e.Name, c.Knowledge) {
				quiet.Reset(settle)
			}
		case err := <-w.Errors:
			log.Warn("watch content", "err", err)
			quiet.Reset(settle)
		case <-quiet.C:
			reload(c, b, broken, log)
			// A new folder, or one that an editor replaced, is watched from now on.
			if err := addFolders(w, c.Knowledge); err != nil {
				log.Warn("watch content", "err", err)
			}
		}
	}
}

// beside reports whether a path is a neighbour of the folder, which is watched
// only because the folder itself may be replaced.
func beside(path, root string) bool {
	root = filepath.Clean(root)
	return filepath.Dir(path) == filepath.Dir(root) && filepath.Base(path) != filepath.Base(root)
}

func reload(c *content, b *bot.Bot, broken *reloadError, log *slog.Logger) {
	old := b.Digest()
	f, err := c.load()
	if err == nil && f.Digest == old && broken.get() == nil {
		return
	}
	if err == nil {
		err = b.Replace(f)
	}
	broken.set(err)
	if err != nil {
		log.Error("content not reloaded, the old one goes on", "err", err)
		return
	}
	log.Info("content reloaded", "passages", len(f.Passages), "digest", f.Digest)
}

// addFolders watches the folder, the folders in it, and what it stands in: a
// release is often a link that is moved, or a folder that is replaced.
func addFolders(w *fsnotify.Watcher, root string) error {
	if err := w.Add(filepath.Dir(filepath.Clean(root))); err != nil {
		return err
	}
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return err
	}
	return filepath.WalkDir(real, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return w.Add(path)
		}
		return nil
	})
}
