//! x
#![allow(dead_code, unused_imports, clippy::all, reason = "x")]
mod common;
use common::*;
use serde_json::*;
use std::collections::BTreeSet;
use skills_passport::assessment::*;
use skills_passport::bank::*;
#[test]
fn go() {
    // area Z graded only, slow
    for (name, f) in [("graded-only slow area", Box::new(|i:&Value| !(i["competence"].as_str().unwrap().starts_with("Z") && i["kind"]=="choice")) as Box<dyn Fn(&Value)->bool>), ("slow area", Box::new(|_:&Value| true))] {
        let mut p=Parts::roomy();
        let items:Vec<Value>=p.bank["items"].as_array().unwrap().iter().filter(|i|f(i)).cloned().map(|mut i|{ if i["competence"].as_str().unwrap().starts_with("Z"){ i["seconds"]=600.into(); i["slope"]=300.into();} i}).collect();
        let keep:BTreeSet<String>=items.iter().map(|i|i["id"].as_str().unwrap().to_owned()).collect();
        p.bank["items"]=items.into();
        p.bank_texts[0]["items"].as_object_mut().unwrap().retain(|k,_|keep.contains(k));
        let i=p.load().unwrap();
        for mode in [Mode::Quick,Mode::Standard] { let mut missing=0; for seed in 0..20u64 { let r=&mut Random(seed); let s=sit(&i,Plan::new(mode),seed as u32,|it|any_response(it,r)); let z=history(&i,&s).iter().filter(|x|x.competence.as_str().starts_with("Z")).count(); let zc=history(&i,&s).iter().filter(|x|x.competence.as_str().starts_with("Z")&&x.has_right_answer()).count(); if z==0||(name=="slow area"&&zc==0){missing+=1;} } println!("OUT {name} {mode:?}: {missing}/20 sittings without area Z"); }
    }
    for slope in [50,200,3000,5000] {
        let mut p=Parts::roomy();
        for i in p.bank["items"].as_array_mut().unwrap() { i["slope"]=slope.into(); i["locationSd"]=0.into(); }
        let i=p.load().unwrap();
        for mode in Mode::ALL { if mode==Mode::Focus {continue;} let mut v=vec![]; for seed in 0..5u64 { let r=&mut Random(seed); let mut th=vec![]; for _ in 0..9 {th.push(4.0+r.normal()*0.5);} let s=sit(&i,Plan::new(mode),seed as u32,|it| { let pr=probe(&i,it); let c=r.category(&pr.model,th[pr.loading.competence]); match &it.kind { ItemKind::Graded{..}=>Response::Graded{answer:c}, ItemKind::Choice{right,options}=>Response::Choice{option: if c==1 {right.clone()} else {options.iter().find(|o|*o!=right).unwrap().clone()}}} }); let inf=i.belief(&s); v.push((s.answers.len(),format!("{:?} {}",i.step(&s),inf.convergence.converged))); } println!("OUT slope {slope} {mode:?} {v:?}"); }
    }
}
