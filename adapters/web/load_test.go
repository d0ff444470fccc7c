package web

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var loadFor = flag.Duration("load", 2*time.Second, "how long the load test asks")

// loadConnections ask at once, each the next question as soon as it has its answer.
const loadConnections = 64

func TestLoad(t *testing.T) {
	s, err := New(Config{Bot: testBot(t, lakeside)})
	if err != nil {
		t.Fatal(err)
	}
	addr, _, _ := running(t, s.Handler())
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: loadConnections, MaxConnsPerHost: loadConnections}}
	ctx, cancel := context.WithTimeout(t.Context(), *loadFor)
	defer cancel()
	var mu sync.Mutex
	var times []time.Duration
	var wg sync.WaitGroup
	for i := range loadConnections {
		wg.Go(func() {
			mine, err := askUntil(ctx, client, "http://"+addr, i)
			mu.Lock()
			defer mu.Unlock()
			times = append(times, mine...)
			if err != nil {
				t.Errorf("connection %d, after %d answers: %v", i, len(mine), err)
			}
		})
	}
	wg.Wait()
	slices.Sort(times)
	if len(times) < loadConnections {
		t.Fatalf("only %d answers", len(times))
	}
	t.Logf("%d answers in %s over %d connections: %.0f a second, p50 %s, p99 %s, max %s", len(times), *loadFor, loadConnections,
		float64(len(times))/loadFor.Seconds(), times[len(times)/2], times[len(times)*99/100], times[len(times)-1])
}

var loadQuestions = []string{
	"Is medical massage covered by insurance?", "does massage hurt", "how much does it cost", "my lower back is killing me, can you help",
	"can I eat before", "what do I wear", "crushing chest pain right now", "a human please", "do you fix bicycles", "thanks!",
}

// askUntil asks until ctx ends, half of the time in a thread.
func askUntil(ctx context.Context, client *http.Client, base string, seed int) (times []time.Duration, err error) {
	for i := seed; ctx.Err() == nil; i++ {
		body := map[string]string{"question": loadQuestions[i%len(loadQuestions)]}
		if i%2 == 0 {
			body["thread"] = fmt.Sprint("thread-", seed)
		}
		data, _ := json.Marshal(body)
		began := time.Now()
		resp, err := client.Post(base+"/api/ask", "application/json", strings.NewReader(string(data)))
		if err != nil {
			return times, err
		}
		n, err := io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != 200 || n == 0 {
			return times, fmt.Errorf("status %d, %d bytes, %w", resp.StatusCode, n, err)
		}
		times = append(times, time.Since(began))
	}
	return times, nil
}

func BenchmarkAsk(b *testing.B) {
	srv := testServer(b, Config{})
	client := srv.Client()
	body := question("Is medical massage covered by insurance?")
	b.ReportAllocs()
	for b.Loop() {
		resp, err := client.Post(srv.URL+"/api/ask", "application/json", strings.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
}

func BenchmarkNew(b *testing.B) {
	chat := testBot(b, lakeside)
	for b.Loop() {
		if _, err := New(Config{Bot: chat}); err != nil {
			b.Fatal(err)
		}
	}
}
