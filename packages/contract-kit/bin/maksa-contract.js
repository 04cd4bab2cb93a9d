#!/usr/bin/env node
// Stands beside what is built, so that npm links the command before anything is built.
import "../dist/cli.js"
