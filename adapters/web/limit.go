package web

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// limiter gives every client its own allowance.
type limiter struct {
	perMin  int
	clients *lru.Cache[string, *rate.Limiter]
}

// maxClients is how many clients are remembered; the longest silent is
// forgotten first, and begins anew.
const maxClients = 20_000

// newLimiter allows perMin requests a minute, half of them at once.
func newLimiter(perMin int) *limiter {
	clients, err := lru.New[string, *rate.Limiter](maxClients)
	if err != nil {
		panic(err) // the size is positive
	}
	return &limiter{perMin: perMin, clients: clients}
}

// take counts one request. The error is a 429 problem that says how long to
// wait. The empty client is not counted.
func (l *limiter) take(client string) error {
	if client == "" {
		return nil
	}
	allowance, ok := l.clients.Get(client)
	if !ok {
		allowance = rate.NewLimiter(rate.Limit(float64(l.perMin)/60), max(1, l.perMin/2))
		if earlier, found, _ := l.clients.PeekOrAdd(client, allowance); found {
			allowance = earlier
		}
	}
	reserved := allowance.Reserve()
	wait := reserved.Delay()
	if wait <= 0 {
		return nil
	}
	reserved.Cancel()
	p := newProblem(http.StatusTooManyRequests, "That was a lot at once. Please try again in %s. In an emergency call 911.", seconds(wait))
	p.Retry = wait
	return p
}

func seconds(d time.Duration) string {
	if n := int((d + time.Second - 1) / time.Second); n != 1 {
		return fmt.Sprintf("%d seconds", n)
	}
	return "a second"
}

// client names who is calling: the address, or for version 6 the network that
// one household has. Empty is a program on this machine, with no proxy between.
func (s *Server) client(r *http.Request) string {
	addr, ok := remote(r)
	if !ok {
		return r.RemoteAddr
	}
	if s.trusted(r) {
		if forwarded, ok := s.forwarded(r); ok {
			addr = forwarded
		} else if addr.IsLoopback() {
			return ""
		}
	}
	if addr.Is6() {
		if p, err := addr.Prefix(64); err == nil {
			return p.String()
		}
	}
	return addr.String()
}

// forwarded is the nearest address before the trusted proxies.
func (s *Server) forwarded(r *http.Request) (netip.Addr, bool) {
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		addr, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return netip.Addr{}, false
		}
		addr = addr.Unmap().WithZone("")
		if i == 0 || !s.proxy(addr) {
			return addr, true
		}
	}
	return netip.Addr{}, false
}

// trusted reports whether the request came through a proxy that is believed.
func (s *Server) trusted(r *http.Request) bool {
	addr, ok := remote(r)
	return ok && s.proxy(addr)
}

func (s *Server) proxy(addr netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

func remote(r *http.Request) (netip.Addr, bool) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false
	}
	addr, err := netip.ParseAddr(host)
	return addr.Unmap().WithZone(""), err == nil
}

// homeNetworks are this machine and private networks: where a proxy of one's own stands.
var homeNetworks = []string{"127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"}

func parseProxies(networks []string) ([]netip.Prefix, error) {
	if networks == nil {
		networks = homeNetworks
	}
	var out []netip.Prefix
	for _, n := range networks {
		p, err := netip.ParsePrefix(strings.TrimSpace(n))
		if err != nil {
			return nil, fmt.Errorf("proxy network %q: want something like 10.0.0.0/8", n)
		}
		out = append(out, p)
	}
	return out, nil
}
