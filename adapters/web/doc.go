// Package web puts the bot on the web: a JSON API, the FAQ as pages that need
// no JavaScript, and a chat widget for the practice's own site, one script tag.
//
// The way through the files: server.go has the routes, api.go the questions and
// ratings, encode.go their JSON, problem.go every error; page.go and site.go
// make the pages from the content in use; widget.go makes widget.js from the
// sources in widget/; asset.go and encoding.go send bytes; cors.go, limit.go
// and headers.go say who may ask what; run.go starts and stops.
package web
