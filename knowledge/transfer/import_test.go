package transfer

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"massagefaq/knowledge"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// TestImport imports the first file of each archive; its file "want" is the
// preview. Whatever comes of it, Load reads it without a mistake.
func TestImport(t *testing.T) {
	archives, err := filepath.Glob("testdata/import/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	existing := []knowledge.Passage{{ID: "session.md#hurt", Title: "Does massage hurt?", Asks: []string{"does it hurt"}}}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil || len(ar.Files) != 2 {
				t.Fatalf("want two files: %v", err)
			}
			im, err := Parse(Source{Name: ar.Files[0].Name, Data: ar.Files[0].Data}, Options{Existing: existing})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := knowledge.Load(folder(im)); err != nil {
				t.Errorf("Load of the drafts: %v", err)
			}
			var got strings.Builder
			if err := im.Preview(&got); err != nil {
				t.Fatal(err)
			}
			if *update {
				ar.Files[1].Data = []byte(got.String())
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(ar.Files[1].Data), got.String()); diff != "" {
				t.Errorf("preview (-want +got):\n%s", diff)
			}
		})
	}
}
