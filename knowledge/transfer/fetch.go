package transfer

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"syscall"
	"time"
)

// Fetch is how a web address may be fetched. The zero value refuses addresses
// that are not public: who may import a page could otherwise read what only
// this machine can reach.
type Fetch struct {
	Private bool          // also allow private, loopback and link-local addresses
	Timeout time.Duration // for the whole fetch; zero is DefaultTimeout
}

// The limits of a fetch. A page of text that takes longer, is larger or is
// moved more often is not one.
const (
	DefaultTimeout = 20 * time.Second
	maxRedirects   = 5
)

// fetchable are the media types that may hold questions.
var fetchable = []string{"text/html", "application/xhtml+xml", "text/csv", "text/tab-separated-values", "text/markdown", "text/plain",
	"application/json", "application/ld+json"}

// errPrivate is the refusal of an address that is not public.
var errPrivate = errors.New("is not a public address; allow private addresses if you mean to read it")

// get fetches one page.
func (f Fetch) get(ctx context.Context, address string) (Source, error) {
	if f.Timeout == 0 {
		f.Timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, f.Timeout)
	defer cancel()
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return Source{}, errors.New("not a web address")
	}
	if u.User != nil {
		return Source{}, errors.New("a web address with a password in it is not fetched")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Source{}, errors.New("not a web address")
	}
	req.Header.Set("User-Agent", "massagefaq-import")
	req.Header.Set("Accept", "text/html, text/csv, text/markdown, application/ld+json, application/json;q=0.9, text/plain;q=0.5")
	resp, err := f.client().Do(req)
	if err != nil {
		return Source{}, f.plain(err)
	}
	defer resp.Body.Close()
	return f.read(resp)
}

// read takes an answer, if it is one.
func (f Fetch) read(resp *http.Response) (Source, error) {
	if resp.StatusCode != http.StatusOK {
		return Source{}, fmt.Errorf("the server says %s", resp.Status)
	}
	kind := resp.Header.Get("Content-Type")
	media, _, err := mime.ParseMediaType(kind)
	if err != nil || !slices.Contains(fetchable, media) {
		return Source{}, fmt.Errorf("the server sends %q; want a web page, CSV, Markdown or JSON", kind)
	}
	data, err := readAll(resp.Body, MaxSource)
	if err != nil {
		return Source{}, f.plain(err)
	}
	return Source{Name: resp.Request.URL.String(), Type: kind, Data: data}, nil
}

// client is a client of its own: no proxy, which would do the dialing unseen,
// no cookies, no connections kept.
func (f Fetch) client() *http.Client {
	dialer := &net.Dialer{Timeout: f.Timeout, ControlContext: f.control}
	return &http.Client{
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			DisableKeepAlives:      true,
			TLSHandshakeTimeout:    f.Timeout,
			ResponseHeaderTimeout:  f.Timeout,
			MaxResponseHeaderBytes: 1 << 16,
		},
		CheckRedirect: redirect,
	}
}

func redirect(req *http.Request, via []*http.Request) error {
	switch {
	case len(via) > maxRedirects:
		return fmt.Errorf("moved more than %d times", maxRedirects)
	case req.URL.Scheme != "https" && req.URL.Scheme != "http":
		return fmt.Errorf("moved to a %s address", req.URL.Scheme)
	case req.URL.User != nil:
		return errors.New("moved to an address with a password in it")
	}
	return nil
}

// control refuses to dial an address that is not public. It runs after names
// are resolved and before each connection, redirects included, so that no name
// can point elsewhere in between.
func (f Fetch) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	if f.Private {
		return nil
	}
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dial %s: %w", address, err)
	}
	if !public(ap.Addr()) {
		return fmt.Errorf("%s %w", ap.Addr(), errPrivate)
	}
	return nil
}

// reserved are the ranges that lead to no public server though netip calls
// them global: shared, benchmark and reserved space, and addresses in which an
// IPv4 address is wrapped.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("fec0::/10"), netip.MustParsePrefix("::/96"),
}

// public reports whether an address belongs to the public internet.
func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(a) })
}

// plain words an error of fetching for a person: what the address was is said
// already.
func (f Fetch) plain(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	var dns *net.DNSError
	switch {
	case errors.Is(err, errTooLarge):
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no answer within %s", f.Timeout)
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Errorf("there is no server %s", dns.Name)
	}
	return err
}
