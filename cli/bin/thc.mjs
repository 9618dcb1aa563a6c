#!/usr/bin/env node
import "../dist/thc.mjs";
